// Drives the progress bar of an import: checks chunk by chunk, or watches the writing.
(() => {
    const box = document.querySelector("[data-import-progress]");
    const bar = box.querySelector("progress");
    const status = box.querySelector("[data-import-status]");
    const token = box.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    const PAUSE = 700; // milliseconds between two looks

    const ask = async (url, method) => {
        const response = await fetch(url, { method, headers });
        if (!response.ok || response.redirected) throw new Error(response.statusText);
        return response.json();
    };
    const show = ({ done, total }) => {
        bar.max = total;
        // Without a cache shared by all processes nobody can see how far the writing is.
        if (done || box.dataset.state === "checking") bar.value = done;
        else bar.removeAttribute("value");
        status.textContent = box.dataset.text.replace("{done}", done).replace("{total}", total);
    };
    const fail = () => {
        status.textContent = box.dataset.failure;
    };
    const check = async () => {
        const found = await ask(box.dataset.advanceUrl, "POST");
        show(found);
        if (found.state === "checking") return check();
        window.location.reload();
    };
    const watch = async () => {
        const found = await ask(box.dataset.progressUrl, "GET");
        show(found);
        if (!["confirmed", "writing"].includes(found.state)) return window.location.reload();
        await new Promise((resume) => setTimeout(resume, PAUSE));
        return watch();
    };

    if (box.dataset.state === "checking") {
        check().catch(fail);
    } else {
        // The answer may come only when all is written; meanwhile, and after, watch() tells.
        if (box.dataset.state === "confirmed") ask(box.dataset.advanceUrl, "POST").catch(() => {});
        watch().catch(fail);
    }
})();
