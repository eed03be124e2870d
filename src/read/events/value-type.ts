/**
 * What the bytes of a slot are. Codes below 0x40 are BinXML's own ([MS-EVEN6] 2.2.12), so that the EVTX
 * reader copies its descriptors as they are; codes from 0x40 belong to sources whose values are text.
 */
export const ValueType = {
  /** Absent: the field does not exist in this event. */
  Null: 0x00,
  /** UTF-16LE text. */
  String: 0x01,
  /** Single-byte text, read as Windows-1252. */
  AnsiString: 0x02,
  Int8: 0x03,
  UInt8: 0x04,
  Int16: 0x05,
  UInt16: 0x06,
  Int32: 0x07,
  UInt32: 0x08,
  Int64: 0x09,
  UInt64: 0x0a,
  Real32: 0x0b,
  Real64: 0x0c,
  /** Four bytes; anything but zero is true. */
  Bool: 0x0d,
  Binary: 0x0e,
  Guid: 0x0f,
  /** Pointer-sized, four or eight bytes, printed as hexadecimal. */
  SizeT: 0x10,
  FileTime: 0x11,
  SysTime: 0x12,
  Sid: 0x13,
  HexInt32: 0x14,
  HexInt64: 0x15,
  BinXml: 0x21,
  /** Flag: the slot holds an array of the type in the low seven bits. */
  Array: 0x80,
  /** UTF-8 text without escapes. */
  Utf8: 0x40,
} as const;
