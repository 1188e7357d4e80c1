import { describe, expect, it } from 'vitest';
import type { Params } from '@/lab/schema';
import { begin, move, redo, undo, type Sides } from './history';

const a = (params: Params): Sides => ({ a: params, b: undefined });

describe('history of parameters', () => {
  it('joins the moves of one drag into one step', () => {
    let h = begin(a({ n: 1, k: 1 }));
    for (let i = 0; i < 10; i++) h = move(h, a({ n: 2 + i, k: 1 }), i * 100);
    expect(h.past).toHaveLength(1);
    expect(undo(h).sides.a).toEqual({ n: 1, k: 1 });
  });

  it('keeps moves of different controls, or after a pause, apart', () => {
    let h = move(begin(a({ n: 1, k: 1 })), a({ n: 2, k: 1 }), 0);
    h = move(h, a({ n: 2, k: 2 }), 10);
    h = move(h, a({ n: 2, k: 3 }), 5000);
    expect(h.past).toHaveLength(3);
  });

  it('goes back and forth and forgets the future after a move', () => {
    let h = move(begin(a({ n: 1 })), a({ n: 2 }), 0);
    h = undo(h);
    expect(h.sides.a).toEqual({ n: 1 });
    expect(redo(h).sides.a).toEqual({ n: 2 });
    h = move(h, a({ n: 3 }), 10_000);
    expect(redo(h).sides.a).toEqual({ n: 3 });
    expect(undo(undo(undo(h))).sides.a).toEqual({ n: 1 });
  });

  it('holds both sides of a comparison: its beginning, its moves and its end are steps', () => {
    let h = move(begin(a({ n: 1 })), { a: { n: 1 }, b: { n: 1 } }, 0);
    h = move(h, { a: { n: 1 }, b: { n: 2 } }, 10);
    h = move(h, { a: { n: 3 }, b: { n: 2 } }, 20);
    h = move(h, a({ n: 3 }), 30);
    expect(h.past).toHaveLength(4);
    h = undo(h);
    expect(h.sides).toEqual({ a: { n: 3 }, b: { n: 2 } });
    h = undo(undo(h));
    expect(h.sides).toEqual({ a: { n: 1 }, b: { n: 1 } });
    expect(undo(h).sides.b).toBeUndefined();
  });

  it('is the same where nothing moved', () => {
    const h = begin(a({ n: 1 }));
    expect(move(h, a({ n: 1 }), 0)).toBe(h);
  });
});
