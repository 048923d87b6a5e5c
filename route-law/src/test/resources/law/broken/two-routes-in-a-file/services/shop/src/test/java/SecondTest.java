class SecondTest {
    String route = "shop-second";
}
