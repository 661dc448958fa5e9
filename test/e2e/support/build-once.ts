export { buildDesigner as setup } from '../browser.ts';
