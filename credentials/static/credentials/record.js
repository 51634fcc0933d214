// Copies the text that a button names, and says so. Without a clipboard there is no button.
for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
        const status = button.parentElement.querySelector("[role=status]");
        status.textContent = "";
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
        status.textContent = button.dataset.copied;
    });
}
