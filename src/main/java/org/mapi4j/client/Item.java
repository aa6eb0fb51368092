package org.mapi4j.client;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mapi4j.api.IMAPIProp;
import org.mapi4j.types.SPropValue;

/** A store, folder, message or attachment: its properties by typed keys. */
public abstract sealed class Item implements AutoCloseable
    permits Store, Folder, Message, Attachment {
  private final IMAPIProp object;

  /** What iterations left open: they end with the item. */
  private final Set<Rows.Pages> open = ConcurrentHashMap.newKeySet();

  Item(IMAPIProp object) {
    this.object = Objects.requireNonNull(object);
  }

  /** The MAPI object. */
  public IMAPIProp object() {
    return object;
  }

  /** A property; see {@link Props#get}. */
  public <T> Optional<T> get(Key<T> key) {
    return Props.get(object, key);
  }

  /** Sets a property; see {@link Props#set(IMAPIProp, Key, Object)}. */
  public <T> void set(Key<T> key, T value) {
    Props.set(object, key, value);
  }

  /** Deletes a property. */
  public void delete(Key<?> key) {
    Props.delete(object, key);
  }

  /** Every property; see {@link Props#all}. */
  public List<SPropValue> properties() {
    return Props.all(object);
  }

  /** A binary or text property of any size as bytes; see {@link Props#read}. */
  public InputStream read(Key<?> key) {
    return Props.read(object, key.tag());
  }

  /** Replaces a binary or text property of any size; see {@link Props#write}. */
  public OutputStream write(Key<?> key) {
    return Props.write(object, key.tag());
  }

  void opened(Rows.Pages pages) {
    open.add(pages);
  }

  void closed(Rows.Pages pages) {
    open.remove(pages);
  }

  /** Releases the object, and the tables of loops left early: what was not saved is lost. */
  @Override
  public void close() {
    open.forEach(Rows.Pages::close);
    object.close();
  }
}
