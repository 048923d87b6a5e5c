class ForgottenTest {
    String route = "shop-forgotten";
}
