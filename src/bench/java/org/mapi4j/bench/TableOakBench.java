package org.mapi4j.bench;

import static org.mapi4j.types.MapiDefs.*;
import static org.mapi4j.types.MapiTags.*;

import java.nio.file.Files;
import java.nio.file.Path;
import org.mapi4j.Mapi4j;
import org.mapi4j.MessageStore;
import org.mapi4j.api.IMAPIFolder;
import org.mapi4j.api.IMAPITable;
import org.mapi4j.options.StoreOptions;
import org.mapi4j.types.SPropValue;
import org.mapi4j.types.SRestriction.SPropertyRestriction;
import org.mapi4j.types.SSortOrder;
import org.mapi4j.types.SSortOrderSet;

/**
 * A folder of 5,000 messages opened, restricted to 100 of them, sorted and read, beside Jackrabbit
 * Oak doing the same; rounds in turn, the rate of each.
 */
final class TableOakBench implements Measurement {
  static final int MESSAGES = 5000;

  private static final int ROUNDS = 21;
  private static final int WARM_UP_ROUNDS = 20;
  private static final int EACH = 20;

  @Override
  public int defaultCount() {
    return MESSAGES;
  }

  /** Of so many messages, a multiple of a hundred. */
  @Override
  public void run(Figures figures, int count) throws Exception {
    Path directory = Files.createTempDirectory("mapi4j-bench");
    try {
      run(figures, directory, count);
    } finally {
      Sample.deleteTree(directory);
    }
  }

  private static void run(Figures figures, Path directory, int messages) throws Exception {
    StoreOptions options = StoreOptions.builder().asynchronousCommits(true).build();
    try (OakFolder oak = new OakFolder(directory.resolve("oak"), messages);
        MessageStore session = Mapi4j.open(directory.resolve("few"), options);
        IMAPIFolder inbox = Sample.inbox(session.store())) {
      for (int i = 0; i < messages; i++) {
        if (Sample.create(inbox, TableSample.of(i).ofFew(messages).properties()).isEmpty()) {
          throw new IllegalStateException("no entry identifier");
        }
      }
      session.flush();
      String name = "%,d messages: ".formatted(messages);
      double[] ours = new double[ROUNDS];
      double[] oaks = new double[ROUNDS];
      double[] ratios = new double[ROUNDS];
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        double our = rate(messages, sender -> read(session, sender));
        double its = rate(messages, oak::read);
        if (round >= 0) {
          ours[round] = our;
          oaks[round] = its;
          ratios[round] = our / its;
        }
      }
      figures.add(name + "open, restrict to 100, sort, read", Figures.median(ours), "/s");
      figures.add(name + "Jackrabbit Oak", Figures.median(oaks), "/s");
      figures.ratio(name + "ours to Oak's", Figures.median(ratios), 10);
    }
  }

  private interface Reading {
    int rows(String sender) throws Exception;
  }

  private static double rate(int messages, Reading reading) throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < EACH; i++) {
      int rows = reading.rows(TableSample.sender(i % (messages / TableSample.ROWS_OF_SENDER)));
      if (rows != TableSample.ROWS_OF_SENDER) {
        throw new IllegalStateException("found %d rows".formatted(rows));
      }
    }
    return EACH * 1e9 / (System.nanoTime() - start);
  }

  private static int read(MessageStore session, String sender) {
    try (IMAPIFolder inbox = Sample.inbox(session.store());
        IMAPITable view = inbox.getContentsTable(0).value()) {
      Sample.good(view.setColumns(TableSample.COLUMNS, TBL_BATCH));
      Sample.good(
          view.restrict(
              new SPropertyRestriction(
                  RELOP_EQ, PR_SENDER_NAME_W, SPropValue.of(PR_SENDER_NAME_W, sender)),
              TBL_BATCH));
      Sample.good(
          view.sortTable(
              SSortOrderSet.of(new SSortOrder(PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_ASCEND)),
              TBL_BATCH));
      return view.queryRows(TableSample.ROWS_OF_SENDER + 1, 0).value().size();
    }
  }
}
