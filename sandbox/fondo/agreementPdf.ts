/** A PDF of one page with some lines of text. It is small but valid: a PDF reader opens it. */
export function agreementPdf(lines: string[]): Buffer {
	const textLines = lines.map((line) => `(${escape(line)}) Tj T*`).join(' ');
	const content = `BT /F1 14 Tf 20 TL 72 760 Td ${textLines} ET`;
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
		`<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
		'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
	];
	let body = '%PDF-1.4\n';
	const offsets = objects.map((object, index) => {
		const offset = Buffer.byteLength(body, 'latin1');
		body += `${index + 1} 0 obj\n${object}\nendobj\n`;
		return offset;
	});
	const start = Buffer.byteLength(body, 'latin1');
	const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
	const size = objects.length + 1;
	body += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
	return Buffer.from(body, 'latin1');
}

function escape(text: string): string {
	return text.replace(/[\\()]/g, '\\$&');
}
