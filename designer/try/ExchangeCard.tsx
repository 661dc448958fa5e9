import { Badge, Code, Group, Stack, Text } from '@mantine/core';
import type { Exchange } from '../../schemas/api/try.ts';
import classes from './TryPanel.module.css';

const whoAnswered: Readonly<Record<Exchange['by'], string>> = {
  service: 'the service answered',
  hand: 'answered by hand',
  record: 'the same as before',
  nobody: 'not called',
};

/** What a data action asked, and who answered what. */
export function ExchangeCard({ exchange }: { exchange: Exchange }) {
  const { method, url, body, by, status, response, error } = exchange;
  const isFine = status !== undefined && status >= 200 && status <= 299;
  return (
    <div className={classes.effect}>
      <Stack gap={5}>
        <Group gap={6} wrap="nowrap">
          <Badge color={isFine ? 'green' : 'red'}>{status ?? 'no answer'}</Badge>
          <Text size="xs" c="var(--sluice-muted)">
            {whoAnswered[by]}
          </Text>
        </Group>
        <Text size="xs">
          {method}{' '}
          <Code fz={11} className={classes.url}>
            {url}
          </Code>
        </Text>
        {body !== undefined && <Payload label="Sent" text={body} />}
        {response !== undefined && <Payload label="Came back" text={response} />}
        {error !== undefined && <Text size="xs">{error}</Text>}
      </Stack>
    </div>
  );
}

function Payload({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <Text size="xs" c="var(--sluice-muted)">
        {label}
      </Text>
      <Code block fz={11} className={classes.body} tabIndex={0}>
        {readable(text)}
      </Code>
    </div>
  );
}

/** Nobody reads more of an answer here, and a browser draws no megabyte of text gladly. */
const maxShown = 20_000;

function readable(text: string): string {
  const cut = text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
  if (cut !== text) return cut;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Not JSON: shown as it came.
    return text;
  }
}
