/** A part of one as a percentage: "12.5 %". */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
