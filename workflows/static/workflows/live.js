// Members see what the secretary opens without reloading; the Refresh link does the same.
(() => {
    const EVERY = 8000;

    const refresh = async () => {
        const live = document.querySelector("[data-live]");
        if (!live || live.contains(document.activeElement) || document.hidden) return;
        const answer = await fetch(window.location.href, { credentials: "same-origin" });
        if (!answer.ok) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.querySelector("[data-live]");
        if (fresh && fresh.innerHTML !== live.innerHTML) live.replaceWith(document.adoptNode(fresh));
    };

    window.setInterval(() => refresh().catch(() => {}), EVERY);
})();
