import { Text, UnstyledButton } from '@mantine/core';
import { IconMinus, IconPencil, IconPlus, IconSettings } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { actionTypes, isActionType } from '../../schemas/actions/index.ts';
import { wordsOfChange } from '../../schemas/compare/change-words.ts';
import type { ActionChange, FlowComparison } from '../../schemas/compare/compare-flows.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { SheetId } from '../../schemas/sheet.ts';
import classes from './ChangeList.module.css';
import { ChangeRow } from './ChangeRow.tsx';
import { useVocabulary } from './useVocabulary.ts';

interface ChangeListProps {
  before: Flow;
  after: Flow;
  comparison: FlowComparison;
  /** The action that is looked at. */
  shown: { action: string; sheet: SheetId } | null;
  onShow: (action: string, sheet: SheetId) => void;
}

const icons = { added: IconPlus, removed: IconMinus, changed: IconPencil };

/** Everything that a mail would meet otherwise, in words; each action leads to its card. */
export function ChangeList({ before, after, comparison, shown, onShow }: ChangeListProps) {
  const vocabulary = useVocabulary();
  const sides = { before, after };
  const { actions, drawing, flow, isSameLogic } = comparison;
  return (
    <div>
      <ul className={classes.list} aria-label="Changes">
        {flow.length > 0 && (
          <li className={classes.item}>
            <div className={classes.head} data-kind="flow">
              <IconSettings size={14} aria-hidden />
              <span className={classes.name}>The flow itself</span>
            </div>
            <div className={classes.parts}>
              {flow.map((change) => (
                <ChangeRow key={change.path.join('/')} words={wordsOfChange(change, sides, vocabulary)} />
              ))}
            </div>
          </li>
        )}
        {actions.map((change) => (
          <li key={JSON.stringify([change.task, change.id])} className={classes.item}>
            <ActionHead
              change={change}
              taskName={taskName(change.task, after, before)}
              isShown={shown?.action === change.id && shown.sheet === change.task}
              onShow={() => onShow(change.id, change.task)}
            />
            {change.parts.length > 0 && (
              <div className={classes.parts}>
                {change.parts.map((part) => (
                  <ChangeRow
                    key={`${part.path.join('/')} ${part.isOrder === true}`}
                    words={wordsOfChange(part, sides, vocabulary)}
                  />
                ))}
              </div>
            )}
          </li>
        ))}
      </ul>
      {(isSameLogic || drawing.length > 0) && (
        <Text size="xs" c="var(--sluice-muted)" px={12} py={8}>
          {isSameLogic ? 'Every mail is treated as before. ' : ''}
          {drawing.length > 0 && `Only drawing, of no mail’s concern: ${drawing.map(drawingWords).join(', ')}.`}
        </Text>
      )}
    </div>
  );
}

interface ActionHeadProps {
  change: ActionChange;
  taskName: string | null;
  isShown: boolean;
  onShow: () => void;
}

function ActionHead({ change, taskName: task, isShown, onShow }: ActionHeadProps) {
  const { kind, id, before, after } = change;
  const Icon = icons[kind];
  const action = after ?? before;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isShown) button.current?.scrollIntoView({ block: 'nearest' });
  }, [isShown]);
  const type = action === undefined ? '' : isActionType(action.type) ? actionTypes[action.type].title : '';
  return (
    <UnstyledButton
      ref={button}
      className={classes.head}
      data-kind={kind}
      aria-current={isShown || undefined}
      onClick={onShow}
    >
      <Icon size={14} stroke={2.2} aria-hidden />
      <span className={classes.name}>
        <bdi>{action?.name || id}</bdi>
      </span>
      <span className={classes.type}>{[type, task].filter(Boolean).join(' in ')}</span>
      <span className={classes.kind}>{kind}</span>
    </UnstyledButton>
  );
}

function taskName(task: SheetId, after: Flow, before: Flow): string | null {
  return task === null ? null : (after.tasks?.[task]?.name ?? before.tasks?.[task]?.name ?? task);
}

function drawingWords(name: string): string {
  return name === 'layout' ? 'places of cards' : name;
}
