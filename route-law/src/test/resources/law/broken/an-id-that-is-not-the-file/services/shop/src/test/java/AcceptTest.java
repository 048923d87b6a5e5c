class AcceptTest {
    String route = "shop-accept-order";
}
