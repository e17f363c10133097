export const MEBIBYTE = 1_048_576;

export const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
export const milliseconds = (ms: number) => `${ms.toFixed(2)} ms`;
export const mebibytes = (bytes: number) => `${(bytes / MEBIBYTE).toFixed(0)} MiB`;
export const times = (one: number, other: number) => `${(one / other).toFixed(2)} ×`;
export const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
export const kilobytes = (bytes: number) => `${(bytes / 1_000).toFixed(1)} kB`;
