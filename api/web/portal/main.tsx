import './portal.css';
import { startPage } from '@shared/Root';
import { App } from './App';

startPage(<App />);
