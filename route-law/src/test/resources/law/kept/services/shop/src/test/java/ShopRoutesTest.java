class ShopRoutesTest {
    // "shop-comment" is not a test.
    String[] routes = {"shop-grpc-endpoint", "direct:shop-find-item", "shop-take-order"};
}
