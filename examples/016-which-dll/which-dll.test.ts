// Which of several DLLs is loaded? Scenarios are data; each rule of plug-ins.yaml becomes a test.
import { scenarios } from 'dllparity';

scenarios([import.meta.dirname]);
