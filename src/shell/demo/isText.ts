/** Whether keys pressed here belong to a text that is being written. */
export function isText(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLInputElement)
    return !['range', 'checkbox', 'radio', 'file', 'button'].includes(target.type);
  return target instanceof HTMLElement && target.isContentEditable;
}
