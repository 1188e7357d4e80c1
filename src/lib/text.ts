/** A sentence in both languages; a missing one does not compile. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}
export type Lang = keyof Text;

/** Fills `{name}` placeholders. */
export function fill(template: string, values: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, key: string) =>
    key in values ? String(values[key]) : whole,
  );
}
