package org.mapi4j.options;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.mapi4j.types.SystemChance;

/**
 * How a store is opened.
 *
 * @param profile how open messages are treated
 * @param limits named limits
 * @param conflictHandler asked on conflicts; null for none
 * @param codePage the ANSI code page of PT_STRING8
 * @param writable false opens as without MDB_WRITE: every change is MAPI_E_NO_ACCESS
 * @param create creates an absent store
 * @param asynchronousCommits saves return before they are durable; only for bulk loads that call
 *     flush before they report
 * @param cacheBytes the engine's cache
 * @param tableCacheBytes heap for the columns and orders of folders that tables read, of each
 *     session; what open views need counts but is kept
 * @param diskBytesMax the store's files together; 0 for no limit
 * @param deletedRetention how long messages that are deleted without DELETE_HARD_DELETE are kept
 *     for SHOW_SOFT_DELETES, 36,500 days at most; zero keeps none
 * @param clock the only clock
 * @param chance ids and tokens
 */
public record StoreOptions(
    StoreProfile profile,
    StoreLimits limits,
    ConflictHandler conflictHandler,
    Charset codePage,
    boolean writable,
    boolean create,
    boolean asynchronousCommits,
    long cacheBytes,
    long tableCacheBytes,
    long diskBytesMax,
    Duration deletedRetention,
    Clock clock,
    RandomGenerator chance) {
  private static final Duration RETENTION_MAX = Duration.ofDays(36_500);

  /** Read/write, created when absent, documented profile. */
  public static final StoreOptions DEFAULT =
      new StoreOptions(
          StoreProfile.DOCUMENTED,
          StoreLimits.DEFAULT,
          null,
          Charset.forName("windows-1252"),
          true,
          true,
          false,
          64L << 20,
          Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 4),
          0,
          Duration.ZERO,
          Clock.systemUTC(),
          SystemChance.get());

  /** Nothing but the handler may be null. */
  public StoreOptions {
    Objects.requireNonNull(profile, "profile");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(codePage, "codePage");
    if (deletedRetention.isNegative()) {
      throw new IllegalArgumentException("deletedRetention: a negative time: " + deletedRetention);
    }
    if (deletedRetention.compareTo(RETENTION_MAX) > 0) {
      throw new IllegalArgumentException(
          "deletedRetention: more than 36,500 days: " + deletedRetention);
    }
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(chance, "chance");
  }

  /** The defaults, to be changed. */
  public static Builder builder() {
    return DEFAULT.toBuilder();
  }

  /** These options, to be changed. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Collects options. Not for several threads. */
  @CanIgnoreReturnValue
  public static final class Builder {
    private StoreProfile profile;
    private StoreLimits limits;
    private ConflictHandler conflictHandler;
    private Charset codePage;
    private boolean writable;
    private boolean create;
    private boolean asynchronousCommits;
    private long cacheBytes;
    private long tableCacheBytes;
    private long diskBytesMax;
    private Duration deletedRetention;
    private Clock clock;
    private RandomGenerator chance;

    private Builder(StoreOptions from) {
      profile = from.profile;
      limits = from.limits;
      conflictHandler = from.conflictHandler;
      codePage = from.codePage;
      writable = from.writable;
      create = from.create;
      asynchronousCommits = from.asynchronousCommits;
      cacheBytes = from.cacheBytes;
      tableCacheBytes = from.tableCacheBytes;
      diskBytesMax = from.diskBytesMax;
      deletedRetention = from.deletedRetention;
      clock = from.clock;
      chance = from.chance;
    }

    /** Sets the profile. */
    public Builder profile(StoreProfile profile) {
      this.profile = profile;
      return this;
    }

    /** Sets the limits. */
    public Builder limits(StoreLimits limits) {
      this.limits = limits;
      return this;
    }

    /** Sets the conflict handler; null for none. */
    public Builder conflictHandler(ConflictHandler conflictHandler) {
      this.conflictHandler = conflictHandler;
      return this;
    }

    /** Sets the ANSI code page. */
    public Builder codePage(Charset codePage) {
      this.codePage = codePage;
      return this;
    }

    /** Read/write or read-only. */
    public Builder writable(boolean writable) {
      this.writable = writable;
      return this;
    }

    /** Whether an absent store is created. */
    public Builder create(boolean create) {
      this.create = create;
      return this;
    }

    /** Whether saves return before they are durable. */
    public Builder asynchronousCommits(boolean asynchronousCommits) {
      this.asynchronousCommits = asynchronousCommits;
      return this;
    }

    /** Bytes of the engine's cache. */
    public Builder cacheBytes(long cacheBytes) {
      this.cacheBytes = cacheBytes;
      return this;
    }

    /** Bytes of heap for columns and orders of tables. */
    public Builder tableCacheBytes(long tableCacheBytes) {
      this.tableCacheBytes = tableCacheBytes;
      return this;
    }

    /** Bytes of the store's files together; 0 for no limit. */
    public Builder diskBytesMax(long diskBytesMax) {
      this.diskBytesMax = diskBytesMax;
      return this;
    }

    /** How long deleted messages are kept; zero keeps none. */
    public Builder deletedRetention(Duration deletedRetention) {
      this.deletedRetention = deletedRetention;
      return this;
    }

    /** The clock. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /** The source of ids and tokens; safe for several threads. */
    public Builder chance(RandomGenerator chance) {
      this.chance = chance;
      return this;
    }

    /** The options. */
    public StoreOptions build() {
      return new StoreOptions(
          profile,
          limits,
          conflictHandler,
          codePage,
          writable,
          create,
          asynchronousCommits,
          cacheBytes,
          tableCacheBytes,
          diskBytesMax,
          deletedRetention,
          clock,
          chance);
    }
  }
}
