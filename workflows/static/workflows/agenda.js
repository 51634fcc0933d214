// Items of an agenda follow the mouse; the arrow buttons do the same without it.
(() => {
    const form = document.querySelector("[data-agenda-order]");
    const said = document.querySelector("[data-agenda-said]");
    if (!form) return;

    let dragged = null;

    const send = (list) => {
        const items = [...list.querySelectorAll("[data-agenda-item]")];
        form.elements.part.value = list.dataset.agendaPart;
        form.elements.order.value = items.map((item) => item.dataset.agendaItem).join(",");
        if (said && dragged) said.textContent = `${form.dataset.moved} ${items.indexOf(dragged) + 1}`;
        form.submit();
    };

    for (const list of document.querySelectorAll("[data-agenda-part]")) {
        for (const item of list.querySelectorAll("[data-agenda-item]")) {
            item.draggable = true;
            item.addEventListener("dragstart", (event) => {
                dragged = item;
                event.dataTransfer.effectAllowed = "move";
                event.dataTransfer.setData("text/plain", item.dataset.agendaItem);
            });
            item.addEventListener("dragend", () => {
                dragged = null;
            });
        }
        list.addEventListener("dragover", (event) => {
            if (!dragged) return;
            event.preventDefault();
            const target = event.target.closest("[data-agenda-item]");
            if (!target || target === dragged || target.parentElement !== list) return;
            const middle = target.getBoundingClientRect().top + target.offsetHeight / 2;
            list.insertBefore(dragged, event.clientY < middle ? target : target.nextSibling);
        });
        list.addEventListener("drop", (event) => {
            event.preventDefault();
            if (dragged && dragged.parentElement === list) send(list);
        });
    }
})();
