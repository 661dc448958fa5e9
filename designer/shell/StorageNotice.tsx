import { Alert } from '@mantine/core';
import { IconDatabaseExclamation } from '@tabler/icons-react';
import { useStorageTrouble } from '../api/system.ts';
import classes from './Shell.module.css';

/** A disk that is full stops all mail: it is told wherever somebody is, and goes by itself. */
export function StorageNotice() {
  const trouble = useStorageTrouble();
  if (trouble === null) return null;
  return (
    <Alert
      className={classes.notice}
      color={trouble.state === 'low' ? 'orange' : 'red'}
      radius={0}
      icon={<IconDatabaseExclamation size={18} />}
      role="alert"
    >
      {trouble.message}
    </Alert>
  );
}
