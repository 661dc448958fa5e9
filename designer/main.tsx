import { createRoot } from 'react-dom/client';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './styles/global.css';
import { App } from './App.tsx';
import { askEarly } from './api/early.ts';

askEarly(window.location.pathname);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root to draw into');
createRoot(root).render(<App />);
