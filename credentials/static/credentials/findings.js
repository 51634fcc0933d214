// The findings panel: leads from a finding to its field, and keeps count as the draft is saved.
// The panel itself comes anew with each save, as Wagtail's own side panels do.
(() => {
    const PANEL = "[data-side-panel='findings']";
    const COUNTER = "[data-side-panel-toggle='findings'] [data-side-panel-toggle-counter]";
    const WIDE = 0.6; // of the window: a panel wider than that hides the fields

    const nextFrame = () => new Promise((resume) => requestAnimationFrame(() => resume()));
    const isVisible = (element) => element.getClientRects().length > 0;
    const isOfRow = (element) => element.closest("[data-inline-panel-child]");

    // A row's place is its place among the rows that have not been deleted.
    const rowOf = (relation, number) => {
        const forms = document.getElementById(`id_${relation}-FORMS`);
        const rows = forms ? [...forms.children].filter((row) => !row.matches(".deleted")) : [];
        return rows.filter((row) => row.matches("[data-inline-panel-child]") && !isHiddenRow(row))[
            number
        ];
    };
    const isHiddenRow = (row) => row.querySelector("input[name$='-DELETE']")?.value === "1";

    const boxOf = ({ findingsField: field, findingsRow: row, findingsName: name }) => {
        if (row !== undefined) {
            const child = rowOf(field, Number(row));
            if (child) return (name && child.querySelector(`[data-contentpath="${name}"]`)) || child;
        }
        const add = document.getElementById(`id_${field}-ADD`);
        if (add) return add;
        const boxes = [...document.querySelectorAll(`[data-contentpath="${field}"]`)];
        return boxes.find((box) => !isOfRow(box)) || document.getElementById(`id_${field}`);
    };

    // Turns to the tab that the field stands in, and opens what is folded around it.
    const reveal = async (box) => {
        const tab = box.closest("[role=tabpanel]");
        if (tab?.hidden) {
            document.getElementById(tab.getAttribute("aria-labelledby"))?.click();
            await nextFrame(); // the tabs turn after the click
        }
        for (let panel = box.closest("[data-panel]"); panel; ) {
            const toggle = panel.querySelector(":scope > .w-panel__header [data-panel-toggle]");
            if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
            panel = panel.parentElement.closest("[data-panel]");
        }
        await nextFrame();
    };

    const CONTROLS = [
        "[role=textbox]",
        "input:not([type=hidden]), select, textarea",
        "button:not([data-panel-toggle]):not([data-component])",
    ];
    const controlIn = (box) => {
        if (box.matches("button, input, select, textarea")) return box;
        for (const selector of CONTROLS) {
            const found = [...box.querySelectorAll(selector)].find(
                (control) => isVisible(control) && !control.matches("[data-comment-add]"),
            );
            if (found) return found;
        }
        return box;
    };

    const goTo = async (button) => {
        const box = boxOf(button.dataset);
        if (!box) return;
        const panel = document.querySelector(PANEL).closest("[data-form-side]");
        if (panel.getBoundingClientRect().width > window.innerWidth * WIDE) {
            document.querySelector("[data-form-side-close-button]")?.click();
        }
        await reveal(box);
        const control = controlIn(box);
        control.scrollIntoView({ block: "center", behavior: "instant" });
        control.focus({ preventScroll: true });
    };

    // Heard, not seen; it stays while the panel around the findings is replaced.
    const status = document.createElement("div");
    status.className = "w-sr-only";
    status.setAttribute("role", "status");
    document.body.append(status);

    let focused = null; // what had the focus in the panel before it was replaced
    const remember = () => {
        const active = document.activeElement;
        focused = active?.closest(PANEL) ? { ...active.dataset, href: active.href } : null;
    };
    const restoreFocus = () => {
        if (!focused || document.activeElement !== document.body) return;
        const choices = [...document.querySelectorAll(`${PANEL} a, ${PANEL} button`)];
        const same = choices.find(
            (item) =>
                item.href === focused.href &&
                ["findingsField", "findingsRow", "findingsName"].every(
                    (key) => item.dataset[key] === focused[key],
                ),
        );
        (same || choices[0])?.focus({ preventScroll: true });
    };
    const refresh = () => {
        const findings = document.querySelector(`${PANEL} [data-findings]`);
        if (!findings) return;
        const counter = document.querySelector(COUNTER);
        const { count, announcement } = findings.dataset;
        if (counter) {
            counter.textContent = count;
            counter.hidden = count === "0";
        }
        if (status.textContent !== announcement) status.textContent = announcement;
        restoreFocus();
    };

    document.addEventListener("click", (event) => {
        const button = event.target.closest?.("[data-findings-field]");
        if (button) goTo(button);
    });
    document.addEventListener("w-autosave:save", remember);
    document.addEventListener("w-autosave:success", refresh);
})();
