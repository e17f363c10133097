// A comfort only: without it, the test number is typed and a button ends the waiting.
for (const button of document.querySelectorAll('[data-fill]')) {
	button.addEventListener('click', () => {
		const field = document.getElementById(button.dataset.fill);
		field.value = button.textContent.trim();
		field.focus();
	});
}

for (const form of document.querySelectorAll('form[data-after]')) {
	const waiting = setTimeout(() => form.submit(), Number(form.dataset.after));
	form.addEventListener('submit', () => clearTimeout(waiting));
}

document.querySelector('[aria-invalid]')?.focus();
