// Optional: without JavaScript, the reader types the test number and presses a button.
for (const button of document.querySelectorAll('[data-fill]')) {
	button.addEventListener('click', () => {
		const field = document.getElementById(button.dataset.fill);
		field.value = button.textContent.trim();
		field.focus();
	});
}

for (const form of document.querySelectorAll('form[data-submit-after]')) {
	const timer = setTimeout(() => form.submit(), Number(form.dataset.submitAfter));
	form.addEventListener('submit', () => clearTimeout(timer));
}

document.querySelector('[aria-invalid]')?.focus();
