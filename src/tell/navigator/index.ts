/** `navigator.json`: a layer for MITRE's ATT&CK Navigator, of what was found, would have shown, and could not be seen. */
export { navigatorText } from './layer.ts';
