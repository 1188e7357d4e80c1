/** The fragment that a link to the state on screen carries. */
import { useEffect, useState } from 'react';
import { fragmentOf } from '../run/files';
import type { Sides } from '../run/history';
import { usePage, useTimeline } from '../run/usePage';

export function useFragment(): string {
  const { demo } = usePage();
  const sides = useTimeline((history) => history.sides);
  const [found, setFound] = useState<{ readonly sides: Sides; readonly fragment: string }>();
  useEffect(() => {
    let current = true;
    void fragmentOf(demo, sides).then((fragment) => {
      if (current) setFound({ sides, fragment });
    });
    return () => {
      current = false;
    };
  }, [demo, sides]);
  return found?.sides === sides ? found.fragment : '';
}
