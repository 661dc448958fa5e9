import { Radio, Text, UnstyledButton } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { Side } from '../../schemas/compare/merge-parts.ts';
import classes from './ConflictCard.module.css';
import type { ConflictWords } from './conflict-words.ts';

interface ConflictCardProps {
  words: ConflictWords;
  chosen: Side | null;
  /** How each side is called. */
  names: Readonly<Record<Side, string>>;
  onChoose: (side: Side) => void;
  /** Chosen by a number key: on to the next. */
  onNext: () => void;
  onShow: () => void;
}

/** One part that both changed: what each has made of it, to choose from. */
export function ConflictCard({ words, chosen, names, onChoose, onNext, onShow }: ConflictCardProps) {
  const { action, part, why, options } = words;
  const title = [action?.name ?? 'The flow itself', part].filter(Boolean).join(' · ');
  const onKeyDown = (event: KeyboardEvent) => {
    const option = options[Number(event.key) - 1];
    if (option === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onChoose(option.side);
    onNext();
  };
  const Icon = chosen === null ? IconAlertCircle : IconCircleCheck;
  return (
    <fieldset className={classes.root} data-chosen={chosen !== null || undefined} onKeyDown={onKeyDown}>
      <legend className={classes.legend}>
        <Icon size={15} aria-label={chosen === null ? 'To be chosen' : 'Chosen'} />
        {action === null ? (
          <span className={classes.title}>{title}</span>
        ) : (
          <UnstyledButton className={classes.title} onClick={onShow}>
            <bdi>{title}</bdi>
          </UnstyledButton>
        )}
      </legend>
      {why !== '' && (
        <Text size="xs" c="var(--sluice-muted)">
          {why}
        </Text>
      )}
      <Radio.Group value={chosen} onChange={(value) => onChoose(value as Side)}>
        {options.map(({ side, words: value }, index) => (
          <Radio
            key={side}
            value={side}
            size="xs"
            className={classes.option}
            label={
              <>
                <span className={classes.side}>
                  {names[side]} <kbd className={classes.key}>{index + 1}</kbd>
                </span>
                <span className={classes.value}>{value}</span>
              </>
            }
          />
        ))}
      </Radio.Group>
    </fieldset>
  );
}
