package io.pgguard.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Loads Guard's own classes again, so that they tell {@link Steps} what they do: how much work a
 * text makes can then be asserted, whatever the machine. Classes of the test kit and of libraries
 * are shared with whoever asks.
 */
public final class SteppedClasses extends ClassLoader {
  private static final String STEPS = "io/pgguard/testkit/Steps";
  private static final Set<String> LOOKS = Set.of("contains", "indexOf", "lastIndexOf", "remove");

  static {
    registerAsParallelCapable();
  }

  /** Over the classes of the caller's class path. */
  public SteppedClasses() {
    super(SteppedClasses.class.getClassLoader());
  }

  /**
   * Makes an object of a class, which and all it uses of Guard counts its steps.
   *
   * @param type an interface of the JDK or of the test kit, by which it is talked to
   * @param made the class, with a constructor without parameters
   */
  public static <T> T make(Class<T> type, Class<? extends T> made) {
    try {
      var constructor = new SteppedClasses().loadClass(made.getName()).getDeclaredConstructor();
      constructor.setAccessible(true);
      return type.cast(constructor.newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(made + " cannot be made with counted steps", e);
    }
  }

  private static boolean isStepped(String name) {
    return name.startsWith("io.pgguard.") && !name.startsWith("io.pgguard.testkit.");
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!isStepped(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? findClass(name) : known;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] stepped = stepped(in.readAllBytes());
      return defineClass(name, stepped, 0, stepped.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static byte[] stepped(byte[] plain) {
    ClassWriter out = new ClassWriter(0);
    new ClassReader(plain)
        .accept(
            new ClassVisitor(Opcodes.ASM9, out) {
              @Override
              public MethodVisitor visitMethod(
                  int access,
                  String name,
                  String descriptor,
                  @Nullable String signature,
                  String @Nullable [] exceptions) {
                return new Stepping(
                    super.visitMethod(access, name, descriptor, signature, exceptions));
              }
            },
            0);
    return out.toByteArray();
  }

  /** Adds the calls; what lies on the stack stays as it was. */
  private static final class Stepping extends MethodVisitor {
    private final Set<Label> passed = new HashSet<>();

    Stepping(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    private void call(String name, String descriptor) {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, STEPS, name, descriptor, false);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      call("step", "()V");
    }

    @Override
    public void visitLabel(Label label) {
      super.visitLabel(label);
      passed.add(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      if (passed.contains(label)) {
        call("step", "()V");
      }
      super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      boolean virtual = opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKEINTERFACE;
      if (virtual && name.equals("equals") && descriptor.equals("(Ljava/lang/Object;)Z")) {
        call("equal", "(Ljava/lang/Object;Ljava/lang/Object;)Z");
      } else if (virtual && name.equals("hashCode") && descriptor.equals("()I")) {
        call("hash", "(Ljava/lang/Object;)I");
      } else if (virtual && owner.equals("java/lang/String") && isSearch(name, descriptor)) {
        call(name, "(Ljava/lang/String;" + descriptor.substring(1));
      } else {
        if (virtual
            && owner.matches("java/util/(List|ArrayList|Collection|Deque|ArrayDeque)")
            && LOOKS.contains(name)
            && descriptor.startsWith("(Ljava/lang/Object;)")) {
          look();
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      }
    }

    private static boolean isSearch(String name, String descriptor) {
      return name.equals("indexOf")
          || (name.equals("contains") && descriptor.equals("(Ljava/lang/CharSequence;)Z"));
    }

    /** The collection lies below what is looked for. */
    private void look() {
      super.visitInsn(Opcodes.SWAP);
      super.visitInsn(Opcodes.DUP_X1);
      call("looked", "(Ljava/lang/Object;)V");
      // (collection, sought) again: the stack held (sought, collection) and a copy of the latter
    }

    @Override
    public void visitMaxs(int stack, int locals) {
      super.visitMaxs(stack + 1, locals);
    }
  }
}
