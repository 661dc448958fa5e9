import { formatAge, formatMoment } from './format.ts';
import { useNow } from './Now.tsx';

interface RelativeTimeProps {
  /** ISO 8601 */
  at: string;
  /** Said for a time that lies ahead by less than a minute; the clocks of server and browser may differ by so much. */
  soon?: string;
}

/** "3 min ago", with the exact moment as its title. */
export function RelativeTime({ at, soon }: RelativeTimeProps) {
  const now = useNow();
  const age = formatAge(at, now);
  return (
    <time dateTime={at} title={formatMoment(at)} style={{ whiteSpace: 'nowrap' }}>
      {soon !== undefined && age === 'just now' ? soon : age}
    </time>
  );
}
