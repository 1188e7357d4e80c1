/** The address of a file to load, as a reader types it. */
import { LabError } from '@/lib/errors';

/** Their traffic stays on this machine, so browsers count them as secure. */
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Throws `address.format` or `address.scheme`. */
export function fileAddress(text: string): URL {
  const address = text.trim();
  // "host/file" without a scheme is what is often pasted.
  const written = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(written) || address === '') throw new LabError('address.format', { address });
  const url = new URL(written);
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname));
  if (!secure) throw new LabError('address.scheme', { address });
  // Some browsers make "%20" of a blank in a host.
  if (!/^[\w.:[\]-]+$/.test(url.hostname)) throw new LabError('address.format', { address });
  url.hash = '';
  return url;
}

/** What the file is called: the last part of its path. */
export function nameOf(url: URL): string {
  const last = url.pathname.split('/').findLast((part) => part !== '') ?? url.hostname;
  try {
    return decodeURIComponent(last).slice(0, 255);
  } catch {
    return last.slice(0, 255);
  }
}
