// Warns beside a field, while it is edited, that its value is not what the ministry was asked about.
(() => {
    const FIELDS = {
        weeks: "weeks",
        hours: "hours",
        fee: "fee",
        delivery_modes: "delivery",
        osap_eligible: "asks_for_osap",
    };

    const now = (name, form) => {
        if (name === "delivery_modes") {
            const chosen = form.querySelectorAll('[name="delivery_modes"]:checked');
            return [...chosen].map((box) => box.value).sort().join();
        }
        const field = form.elements[name];
        return field.type === "checkbox" ? field.checked : field.value.trim();
    };

    const same = (asked, value) => {
        if (Array.isArray(asked)) return asked.join() === value;
        if (typeof asked === "boolean" || asked === "" || value === "") return asked === value;
        return Number(asked) === Number(value.replace(",", "."));
    };

    const warn = (event) => {
        const key = FIELDS[event.target.name];
        const offered = document.getElementById("osap-offered");
        if (!key || !offered || !event.target.form) return;
        const figures = JSON.parse(offered.textContent);
        const place = event.target.closest(".w-field__wrapper") || event.target.parentElement;
        let warning = place.querySelector(".osap-warning");
        if (!warning) {
            warning = document.createElement("div");
            warning.className = "osap-warning";
            warning.setAttribute("role", "status");
            place.append(warning);
        }
        const departs = !same(figures[key], now(event.target.name, event.target.form));
        const text = document.getElementById("osap-warning").content.textContent.trim();
        if (departs !== Boolean(warning.firstChild)) {
            warning.replaceChildren();
            if (departs) {
                const words = document.createElement("p");
                words.className = "help-block help-warning";
                words.textContent = text;
                warning.append(words);
            }
        }
    };

    document.addEventListener("input", warn);
    document.addEventListener("change", warn);
})();
