const MIB = 1_048_576;

export const seconds = (ms) => `${(ms / 1_000).toFixed(2)} s`;
export const milliseconds = (ms) => `${ms.toFixed(2)} ms`;
export const mebibytes = (bytes) => `${(bytes / MIB).toFixed(0)} MiB`;
export const times = (one, other) => `${(one / other).toFixed(2)} ×`;
export const percent = (share) => `${(share * 100).toFixed(1)} %`;
export const MEBIBYTE = MIB;
