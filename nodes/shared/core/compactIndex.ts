/** Slots are filled to this share at most, and grow by this factor, so that one entry takes 15 to 20 bytes. */
const MOST_FILLED = 0.8;
const GROWTH = 1.3;
const BYTES_A_SLOT = 12;

/** 64 bits of a text, by two mixes of 32 bits. Not for secrets: a hit is verified by reading the row. */
function hashOf(text: string): [high: number, low: number] {
	let high = 0xdeadbeef;
	let low = 0x41c6ce57;
	for (let index = 0; index < text.length; index += 1) {
		const unit = text.charCodeAt(index);
		high = Math.imul(high ^ unit, 2654435761);
		low = Math.imul(low ^ unit, 1597334677);
	}
	high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
	low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
	// Zero marks an empty slot.
	return [high >>> 0, low >>> 0 || 1];
}

/** For each of many texts a number, in about 20 bytes a text: the texts themselves are not kept. */
export class CompactIndex {
	private slots = 64;
	private table = new Uint32Array(this.slots * 3);
	size = 0;

	/** The number of a text, or of another text with the same hash; undefined when the text is not there. */
	get(text: string): number | undefined {
		const [high, low] = hashOf(text);
		const slot = this.slotOf(high, low);
		return this.table[slot + 1] === 0 ? undefined : this.table[slot + 2];
	}

	/** Keeps the first number of a text. */
	add(text: string, value: number) {
		if (this.size >= this.slots * MOST_FILLED) this.grow();
		const [high, low] = hashOf(text);
		if (this.put(high, low, value)) this.size += 1;
	}

	get bytes() {
		return this.slots * BYTES_A_SLOT;
	}

	private slotOf(high: number, low: number): number {
		const { table, slots } = this;
		let slot = (high % slots) * 3;
		while (table[slot + 1] !== 0 && (table[slot] !== high || table[slot + 1] !== low)) slot = slot + 3 === slots * 3 ? 0 : slot + 3;
		return slot;
	}

	private put(high: number, low: number, value: number): boolean {
		const slot = this.slotOf(high, low);
		if (this.table[slot + 1] !== 0) return false;
		this.table.set([high, low, value], slot);
		return true;
	}

	private grow() {
		const { table } = this;
		this.slots = Math.ceil(this.slots * GROWTH);
		this.table = new Uint32Array(this.slots * 3);
		for (let slot = 0; slot < table.length; slot += 3) if (table[slot + 1] !== 0) this.put(table[slot], table[slot + 1], table[slot + 2]);
	}
}
