package org.mapi4j.types;

import java.util.List;

/**
 * A condition on the rows of a table or the properties of an object: one record per kind, named
 * after its structure. Data only; what each means is {@code test} of the table package. Source:
 * MAPI "SRestriction".
 */
public sealed interface SRestriction {
  /** RES_ code of the kind. */
  int rt();

  /** RES_AND. */
  record SAndRestriction(List<SRestriction> lpRes) implements SRestriction {
    /** Keeps its own copy of the list. */
    public SAndRestriction {
      lpRes = List.copyOf(lpRes);
    }

    @Override
    public int rt() {
      return MapiDefs.RES_AND;
    }
  }

  /** RES_OR. */
  record SOrRestriction(List<SRestriction> lpRes) implements SRestriction {
    /** Keeps its own copy of the list. */
    public SOrRestriction {
      lpRes = List.copyOf(lpRes);
    }

    @Override
    public int rt() {
      return MapiDefs.RES_OR;
    }
  }

  /** RES_NOT. */
  record SNotRestriction(SRestriction lpRes) implements SRestriction {
    @Override
    public int rt() {
      return MapiDefs.RES_NOT;
    }
  }

  /** RES_CONTENT: a search string in a property, to a fuzzy level (FL_FULLSTRING …). */
  record SContentRestriction(int ulFuzzyLevel, int ulPropTag, SPropValue lpProp)
      implements SRestriction {
    @Override
    public int rt() {
      return MapiDefs.RES_CONTENT;
    }
  }

  /** RES_PROPERTY: a property compared with a constant (RELOP_LT …). */
  record SPropertyRestriction(int relop, int ulPropTag, SPropValue lpProp) implements SRestriction {
    @Override
    public int rt() {
      return MapiDefs.RES_PROPERTY;
    }
  }

  /** RES_COMPAREPROPS: two properties compared. */
  record SComparePropsRestriction(int relop, int ulPropTag1, int ulPropTag2)
      implements SRestriction {
    @Override
    public int rt() {
      return MapiDefs.RES_COMPAREPROPS;
    }
  }

  /** RES_BITMASK: a PT_LONG property under a mask, BMR_EQZ or BMR_NEZ. */
  record SBitMaskRestriction(int relBMR, int ulPropTag, int ulMask) implements SRestriction {
    @Override
    public int rt() {
      return MapiDefs.RES_BITMASK;
    }
  }

  /** RES_SIZE: the size of a value in bytes compared. */
  record SSizeRestriction(int relop, int ulPropTag, int cb) implements SRestriction {
    @Override
    public int rt() {
      return MapiDefs.RES_SIZE;
    }
  }

  /** RES_EXIST. */
  record SExistRestriction(int ulPropTag) implements SRestriction {
    @Override
    public int rt() {
      return MapiDefs.RES_EXIST;
    }
  }

  /** RES_SUBRESTRICTION: a condition that some recipient or attachment meets. */
  record SSubRestriction(int ulSubObject, SRestriction lpRes) implements SRestriction {
    @Override
    public int rt() {
      return MapiDefs.RES_SUBRESTRICTION;
    }
  }

  /** RES_COMMENT: a condition with properties that say something about it and do not count. */
  record SCommentRestriction(List<SPropValue> lpProp, SRestriction lpRes) implements SRestriction {
    /** Keeps its own copy of the list. */
    public SCommentRestriction {
      lpProp = List.copyOf(lpProp);
    }

    @Override
    public int rt() {
      return MapiDefs.RES_COMMENT;
    }
  }

  /** RES_ANNOTATION: as RES_COMMENT. */
  record SAnnotationRestriction(List<SPropValue> lpProp, SRestriction lpRes)
      implements SRestriction {
    /** Keeps its own copy of the list. */
    public SAnnotationRestriction {
      lpProp = List.copyOf(lpProp);
    }

    @Override
    public int rt() {
      return MapiDefs.RES_ANNOTATION;
    }
  }

  /** RES_COUNT: a condition that holds for at most so many rows. */
  record SCountRestriction(int ulCount, SRestriction lpRes) implements SRestriction {
    @Override
    public int rt() {
      return MapiDefs.RES_COUNT;
    }
  }
}
