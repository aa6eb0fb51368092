package org.mapi4j.bench;

import java.io.IOException;
import java.nio.file.Path;
import javax.jcr.Node;
import javax.jcr.PropertyType;
import javax.jcr.RepositoryException;
import javax.jcr.Session;
import javax.jcr.SimpleCredentials;
import javax.jcr.Value;
import javax.jcr.query.Query;
import javax.jcr.query.RowIterator;
import org.apache.jackrabbit.api.JackrabbitRepository;
import org.apache.jackrabbit.oak.Oak;
import org.apache.jackrabbit.oak.jcr.Jcr;
import org.apache.jackrabbit.oak.segment.SegmentNodeStoreBuilders;
import org.apache.jackrabbit.oak.segment.file.FileStore;
import org.apache.jackrabbit.oak.segment.file.FileStoreBuilder;
import org.apache.jackrabbit.oak.segment.file.InvalidFileStoreVersionException;

/** The same messages as nodes of Jackrabbit Oak, with a property index on their senders. */
final class OakFolder implements AutoCloseable {
  private static final String ROWS =
      "SELECT m.* FROM [oak:Unstructured] AS m WHERE ISCHILDNODE(m, '/inbox')"
          + " AND m.[sender] = '%s' ORDER BY m.[time]";

  private final FileStore files;
  private final JackrabbitRepository repository;
  private final Session session;

  OakFolder(Path directory, int rows)
      throws IOException, InvalidFileStoreVersionException, RepositoryException {
    files = FileStoreBuilder.fileStoreBuilder(directory.toFile()).build();
    repository =
        (JackrabbitRepository)
            new Jcr(new Oak(SegmentNodeStoreBuilders.builder(files).build())).createRepository();
    session = repository.login(new SimpleCredentials("admin", "admin".toCharArray()));
    index();
    Node inbox = session.getRootNode().addNode("inbox", "oak:Unstructured");
    for (int i = 0; i < rows; i++) {
      add(inbox, i, rows);
    }
    session.save();
  }

  private void index() throws RepositoryException {
    Node index =
        session.getRootNode().getNode("oak:index").addNode("senders", "oak:QueryIndexDefinition");
    index.setProperty("type", "property");
    index.setProperty("propertyNames", new String[] {"sender"}, PropertyType.NAME);
    index.setProperty("reindex", true);
    session.save();
  }

  private static void add(Node inbox, int number, int rows) throws RepositoryException {
    TableSample sample = TableSample.of(number).ofFew(rows);
    Node node = inbox.addNode("m" + number, "oak:Unstructured");
    node.setProperty("id", Integer.toString(number));
    node.setProperty("subject", sample.subject());
    node.setProperty("sender", sample.sender());
    node.setProperty("class", TableSample.MESSAGE_CLASS);
    node.setProperty("time", sample.ticks());
    node.setProperty("importance", sample.importance());
    node.setProperty("sensitivity", 0);
    node.setProperty("flags", 1);
  }

  /** Opens the folder, restricts to one sender, sorts and reads the rows; how many. */
  int read(String sender) throws RepositoryException {
    Session client = repository.login(new SimpleCredentials("admin", "admin".toCharArray()));
    try {
      RowIterator found =
          client
              .getWorkspace()
              .getQueryManager()
              .createQuery(ROWS.formatted(sender), Query.JCR_SQL2)
              .execute()
              .getRows();
      int rows = 0;
      while (found.hasNext()) {
        Node node = found.nextRow().getNode("m");
        for (String name : TableSample.OAK_NAMES) {
          Value value = node.getProperty(name).getValue();
          rows += value.getString().isEmpty() ? 1 << 20 : 0;
        }
        rows++;
      }
      return rows;
    } finally {
      client.logout();
    }
  }

  @Override
  public void close() {
    session.logout();
    repository.shutdown();
    files.close();
  }
}
