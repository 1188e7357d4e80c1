import { describe, expect, it } from 'vitest';
import { begin, move, redo, undo } from './history';

describe('history of parameters', () => {
  it('joins the moves of one drag into one step', () => {
    let h = begin({ n: 1, k: 1 });
    for (let i = 0; i < 10; i++) h = move(h, { n: 2 + i, k: 1 }, i * 100);
    expect(h.past).toHaveLength(1);
    expect(undo(h).params).toEqual({ n: 1, k: 1 });
  });

  it('keeps moves of different controls, or after a pause, apart', () => {
    let h = move(begin({ n: 1, k: 1 }), { n: 2, k: 1 }, 0);
    h = move(h, { n: 2, k: 2 }, 10);
    h = move(h, { n: 2, k: 3 }, 5000);
    expect(h.past).toHaveLength(3);
  });

  it('goes back and forth and forgets the future after a move', () => {
    let h = move(begin({ n: 1 }), { n: 2 }, 0);
    h = undo(h);
    expect(h.params).toEqual({ n: 1 });
    expect(redo(h).params).toEqual({ n: 2 });
    h = move(h, { n: 3 }, 10_000);
    expect(redo(h).params).toEqual({ n: 3 });
    expect(undo(undo(undo(h))).params).toEqual({ n: 1 });
  });

  it('is the same where nothing moved', () => {
    const h = begin({ n: 1 });
    expect(move(h, { n: 1 }, 0)).toBe(h);
  });
});
