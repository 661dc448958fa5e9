import { formatAge, formatMoment } from './format.ts';
import { useNow } from './Now.tsx';

interface RelativeTimeProps {
  /** ISO 8601 */
  at: string;
}

/** "3 min ago", with the exact moment as its title. */
export function RelativeTime({ at }: RelativeTimeProps) {
  const now = useNow();
  return (
    <time dateTime={at} title={formatMoment(at)} style={{ whiteSpace: 'nowrap' }}>
      {formatAge(at, now)}
    </time>
  );
}
