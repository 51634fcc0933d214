// Starts a what-if that waits, and watches it until it ends.
(() => {
    const box = document.querySelector("[data-what-if]");
    const bar = box.querySelector("progress");
    const status = box.querySelector("[data-what-if-status]");
    const token = box.querySelector("[name=csrfmiddlewaretoken]")?.value;
    const PAUSE = 700; // milliseconds between two looks

    const ask = async (url, method) => {
        const headers = { Accept: "application/json", "X-CSRFToken": token ?? "" };
        const response = await fetch(url, { method, headers });
        if (!response.ok || response.redirected) throw new Error(response.statusText);
        return response.json();
    };
    const watch = async () => {
        const { state, done, total } = await ask(box.dataset.progressUrl, "GET");
        if (!["waiting", "running"].includes(state)) return window.location.reload();
        if (total) {
            bar.max = total;
            bar.value = done;
            status.textContent = box.dataset.text.replace("{done}", done).replace("{total}", total);
        }
        await new Promise((resume) => setTimeout(resume, PAUSE));
        return watch();
    };

    // The answer may come only when all is checked; meanwhile, and after, watch() tells.
    if (box.dataset.state === "waiting" && token) ask(box.dataset.startUrl, "POST").catch(() => {});
    watch().catch(() => {
        status.textContent = box.dataset.failure;
    });
})();
