import { describe, expect, it } from 'vitest';
import { qrOf, svgOf } from './qr';

describe('QR code', () => {
  it('has the three finder patterns of a readable code', () => {
    const qr = qrOf('https://a.b/demos/walk?n=5&v=1');
    // Version 3 has 29 modules; two of quiet zone on each side.
    expect(qr?.size).toBe(33);
    for (const corner of ['M2 2h', 'M30 2h', 'M2 30h']) expect(qr?.path).toContain(corner);
    expect(qr?.path).not.toContain('M30 30h');
    expect(svgOf({ size: 33, path: qr?.path ?? '' })).toContain('viewBox="0 0 33 33"');
  });

  it('says when a link is too long', () => {
    expect(qrOf('x'.repeat(4000))).toBeUndefined();
  });
});
