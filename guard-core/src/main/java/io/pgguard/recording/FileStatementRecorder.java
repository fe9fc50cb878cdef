package io.pgguard.recording;

import io.pgguard.audit.ResponseTrace;
import io.pgguard.mask.ResultColumn;
import java.util.List;
import java.util.Map;

/** Records the response to one statement. Used by the session's thread only. */
final class FileStatementRecorder implements StatementRecorder {
  private final FileSessionRecorder session;
  private final RecordingFile file;
  private final RecordingSettings settings;
  private final int number;
  private final ResponseDigest digest = new ResponseDigest();

  FileStatementRecorder(
      FileSessionRecorder session, RecordingFile file, RecordingSettings settings, int number) {
    this.session = session;
    this.file = file;
    this.settings = settings;
    this.number = number;
  }

  @Override
  public void columns(List<ResultColumn> columns) {
    FrameBytes payload = session.timed().i32(columns.size());
    for (ResultColumn column : columns) {
      payload.text(column.name()).i32(column.relationOid()).i32(column.attributeNumber());
      payload.i32(column.typeOid()).u8(column.binary() ? 1 : 0);
    }
    session.send(FrameType.COLUMNS, number, digest);
  }

  @Override
  public void row(byte[] body, int offset, int length) {
    content(FrameType.ROW, body, offset, length);
  }

  @Override
  public void data(byte[] data, int offset, int length) {
    content(FrameType.DATA, data, offset, length);
  }

  @Override
  public void received(byte[] data, int offset, int length) {
    content(FrameType.RECEIVED, data, offset, length);
  }

  private void content(byte type, byte[] bytes, int offset, int length) {
    digest.count(length);
    if (!digest.isCut() && isOverLimit()) {
      file.hashInto(null);
      digest.cut();
      session.timed();
      session.send(FrameType.CUT, number, null);
    }
    if (digest.isCut()) {
      file.cutFrame(type, number, bytes, offset, length, digest);
    } else {
      file.frame(type, number, bytes, offset, length, digest);
    }
  }

  private boolean isOverLimit() {
    return digest.rows() > settings.maxRowsPerStatement()
        || digest.bytes() > settings.maxBytesPerStatement();
  }

  @Override
  public void notice(Map<Character, String> fields) {
    session.timed().fields(fields);
    session.send(FrameType.NOTICE, number, digest);
  }

  @Override
  public ResponseTrace completed(String commandTag) {
    return end(commandTag);
  }

  @Override
  public ResponseTrace failed(Map<Character, String> fields) {
    session.timed().fields(fields);
    session.send(FrameType.ERROR, number, digest);
    return end("");
  }

  private ResponseTrace end(String commandTag) {
    file.hashInto(null);
    ResponseTrace trace = digest.trace();
    session.timed().text(commandTag).i64(trace.rows()).i64(trace.bytes());
    session.send(FrameType.COMPLETED, number, null);
    file.flush();
    return trace;
  }

  @Override
  public void abandoned(String why) {
    session.timed().text(why);
    session.send(FrameType.ABANDONED, number, null);
    file.flush();
  }
}
