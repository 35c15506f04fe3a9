/** What judges a resource; the two engines see different faults. */
interface Engine {
  Verdict judge(String name, String text);
}
