import { describe, expect, it } from 'vitest';
import { snap } from '../../../designer/canvas/snapping.ts';

const other = { x: 100, y: 300, width: 200, height: 60 };
const size = { width: 100, height: 60 };
const free = { reach: 6, hasGuides: true, grid: null };

describe('coming into line', () => {
  it('takes the nearest edge or middle of another card, and shows the line between the two', () => {
    const { dx, dy, guides } = snap({ x: 104, y: 0, ...size }, [other], free);

    expect([dx, dy]).toEqual([-4, 0]);
    expect(guides).toEqual([{ axis: 'x', at: 100, from: -12, to: 372 }]);
  });

  it('prefers what is nearer, the middle included', () => {
    const { dx } = snap({ x: 151, y: 0, ...size }, [{ ...other, x: 104, width: 80 }, other], free);

    expect(dx).toBe(-1);
  });

  it('leaves a card that is near nothing where it is', () => {
    expect(snap({ x: 40, y: 0, ...size }, [other], free)).toEqual({ dx: 0, dy: 0, guides: [] });
  });

  it('puts it on the grid where no card is near, each direction on its own', () => {
    const { dx, dy } = snap({ x: 103, y: 14, ...size }, [other], { ...free, grid: 11 });

    expect([dx, dy]).toEqual([-3, -3]);
  });

  it('looks at no other card where guides are off', () => {
    expect(snap({ x: 104, y: 0, ...size }, [other], { ...free, hasGuides: false }).guides).toEqual([]);
  });
});
