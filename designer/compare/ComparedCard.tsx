import { IconAlertCircle, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { ActionCard } from '../canvas/ActionCard.tsx';
import classes from './ComparedCard.module.css';
import { type ComparedNode, type Mark, wordsOfMark } from './compared-graph.ts';

const icons: Readonly<Record<Mark, typeof IconPlus>> = {
  added: IconPlus,
  removed: IconMinus,
  changed: IconPencil,
  open: IconAlertCircle,
};

/** A card with what became of it: a badge with a sign and a word, and a border, so that colour is never all that tells. */
export const ComparedCard = memo(function ComparedCard(props: NodeProps<ComparedNode>) {
  const { mark, isShown, isDimmed } = props.data;
  const Icon = mark === null ? null : icons[mark];
  return (
    <div
      className={classes.root}
      data-mark={mark ?? 'none'}
      data-shown={isShown || undefined}
      data-dimmed={isDimmed || undefined}
    >
      {/* The card knows nothing of comparing: it gets the node that it would get on any canvas. */}
      <ActionCard {...props} selected={false} />
      {mark !== null && Icon !== null && (
        <span className={classes.badge}>
          <Icon size={11} stroke={2.6} aria-hidden /> {wordsOfMark[mark]}
        </span>
      )}
    </div>
  );
});
