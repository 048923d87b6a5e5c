class NowhereTest {
    String route = "shop-nowhere";
}
