// Saves what is being written a few seconds after the last key. Without it, sending a page saves.
(() => {
    const form = document.querySelector("form[data-saving]");
    if (!form) return;
    const told = form.querySelector(".ap-saved");
    const WAIT = 3000;
    let timer = 0;

    async function save() {
        const body = new FormData(form);
        body.set("step", "autosave");
        let saved = false;
        try {
            const response = await fetch(window.location.href, {
                method: "POST",
                body,
                credentials: "same-origin",
            });
            // A page whose hour is over answers with the code page, which is no "204 No Content".
            saved = response.status === 204;
        } catch {
            saved = false;
        }
        told.textContent = saved ? form.dataset.saving : form.dataset.notSaved;
    }

    function wait() {
        window.clearTimeout(timer);
        timer = window.setTimeout(save, WAIT);
    }

    const isChanged = (field) =>
        field.value !== field.defaultValue || field.checked !== field.defaultChecked;

    // On a slow connection somebody may have begun to type before this was here.
    if ([...form.querySelectorAll("input, textarea")].some(isChanged)) wait();
    form.addEventListener("input", wait);
    form.addEventListener("submit", () => window.clearTimeout(timer));
})();
