/** A sentence in both languages; a missing one does not compile. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}
export type Lang = keyof Text;

/** Fills `{name}` placeholders of the template in `lang`; a value may be a `Text` itself. */
export function fill(template: Text, values: Readonly<Record<string, unknown>>, lang: Lang): string {
  return template[lang].replace(/\{(\w+)\}/g, (whole, key: string) => {
    const value = values[key];
    return key in values ? String(isText(value) ? value[lang] : value) : whole;
  });
}

const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'en' in value && 'zh' in value;
