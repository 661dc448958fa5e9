import { IconFileImport } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import classes from './FlowFileDrop.module.css';

interface FlowFileDropProps {
  /** What letting it go does: "Open the flow". */
  words: string;
  onFile: (file: File) => void;
}

/** Takes a flow file that is dropped anywhere on the page, and says so while it hovers. Other files are left to whoever wants them. */
export function FlowFileDrop({ words, onFile }: FlowFileDropProps) {
  const [isOver, setIsOver] = useState(false);
  const latest = useRef(onFile);
  latest.current = onFile;

  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!holdsJson(event.dataTransfer)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent) => {
      // Null when the pointer leaves the window, an element while it stays inside.
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      setIsOver(false);
      const file = [...(event.dataTransfer?.files ?? [])].find(({ name }) => name.toLowerCase().endsWith('.json'));
      if (file === undefined) return;
      event.preventDefault();
      // Before anything under the pointer takes it for a mail.
      event.stopPropagation();
      latest.current(file);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop, { capture: true });
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop, { capture: true });
    };
  }, []);

  if (!isOver) return null;
  return (
    <div className={classes.root} role="status">
      <div className={classes.note}>
        <IconFileImport size={26} stroke={1.6} aria-hidden />
        {words}
      </div>
    </div>
  );
}

/** Names are not told before the file is let go, kinds are. */
function holdsJson(transfer: DataTransfer | null): boolean {
  return [...(transfer?.items ?? [])].some(({ kind, type }) => kind === 'file' && type === 'application/json');
}
